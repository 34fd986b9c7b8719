"use strict";
// The sample browser. Every text that comes from a run is set with textContent, never as markup.
(() => {
  const PAGE = 50;
  const AXES = ["task", "split", "modality", "question_type", "degradation_level", "concern", "source", "difficulty",
    "degradation", "severity", "capability", "state", "rule"];
  const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/;
  const data = JSON.parse(document.getElementById("data").textContent);
  const prompt = (row) => data.stems[row.run] + row.prompt;
  data.images = data.images.map((image) => ({ ...data.usual, ...image }));
  data.rows = data.rows.map((row) => ({ ...data.defaults, ...row,
    options: data.options[row.options],
    question: Array.isArray(row.question) ? prompt(row).slice(...row.question) : row.question }));
  const list = document.getElementById("list");
  const detail = document.getElementById("detail");
  const filters = document.getElementById("filters");
  const pages = document.getElementById("pages");
  const section = document.getElementById("samples");
  let shown = [];
  let chosen = -1;

  const words = (text) => String(text).replaceAll("_", " ").replace(/^([a-z]+)\.(?=[a-z])/, "$1: ");
  const heading = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const whole = (text) => (Array.isArray(text) ? text[0] : text || "");

  function verdict(row) {
    if (row.state !== "scored") return row.state;
    if (row.correct === true) return "correct";
    return row.correct === false ? "wrong" : "judged";
  }

  function add(parent, tag, text, className) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  }

  // Characters that are invisible or turn the writing direction are shown by their code point.
  function addForeign(parent, tag, text, className) {
    const element = add(parent, tag, undefined, `text-of-model ${className || ""}`);
    element.dir = "auto";
    let plain = "";
    for (const character of text) {
      if (INVISIBLE.test(character)) {
        if (plain) element.append(plain);
        plain = "";
        add(element, "span", `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`, "ctrl");
      } else plain += character;
    }
    if (plain) element.append(plain);
    return element;
  }

  const indexed = data.rows.map((row) => ({
    row,
    verdict: verdict(row),
    text: [row.id, row.question, prompt(row), whole(row.response), whole(row.reference), row.error, row.source_item]
      .join("\n").toLowerCase(),
  }));
  // Two runs: an item is flipped when its verdicts are not all the same.
  const verdicts = new Map();
  if (data.runs.length > 1) {
    for (const one of indexed) {
      const key = `${one.row.task} ${one.row.id} ${one.row.sample || 0}`;
      verdicts.set(key, (verdicts.get(key) || new Set()).add(one.verdict));
    }
    for (const one of indexed) {
      one.flipped = verdicts.get(`${one.row.task} ${one.row.id} ${one.row.sample || 0}`).size > 1;
    }
  }

  function addSelect(name, label, entries) {
    const holder = add(filters, "label", label);
    const select = add(holder, "select");
    select.name = name;
    add(select, "option", "all").value = "";
    for (const [value, text] of entries) add(select, "option", text).value = value;
    select.addEventListener("change", apply);
  }

  function buildFilters() {
    if (data.runs.length > 1) {
      addSelect("run", "Run", data.runs.map((run, number) => [String(number), run.name]));
      addSelect("flipped", "Between runs", [["yes", "verdict differs"], ["no", "verdict is the same"]]);
    }
    for (const axis of AXES) {
      const values = [...new Set(data.rows.map((row) => row[axis]).filter((value) => value != null))].sort();
      if (values.length > 1) addSelect(axis, heading(words(axis)), values.map((value) => [value, words(value)]));
    }
    const found = [...new Set(indexed.map((one) => one.verdict))].sort();
    if (found.length > 1) addSelect("verdict", "Verdict", found.map((value) => [value, value]));
    const holder = add(filters, "label", "Search id, prompt, response");
    const search = add(holder, "input");
    search.type = "search";
    search.name = "search";
    let waiting;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
    const clear = add(filters, "button", "Clear");
    clear.type = "reset";
    filters.addEventListener("reset", () => setTimeout(apply));
    filters.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  }

  function fits(one, wanted, search) {
    for (const [name, value] of wanted) {
      if (name === "run" ? String(one.row.run) !== value
        : name === "flipped" ? one.flipped !== (value === "yes")
          : name === "verdict" ? one.verdict !== value
            : one.row[name] !== value) return false;
    }
    return !search || one.text.includes(search);
  }

  function apply() {
    const wanted = [...filters.querySelectorAll("select")].filter((one) => one.value).map((one) => [one.name, one.value]);
    const search = filters.elements.search.value.trim().toLowerCase();
    shown = indexed.filter((one) => fits(one, wanted, search));
    document.getElementById("count").textContent = `${shown.length} of ${indexed.length} samples.`;
    choose(shown.length ? 0 : -1);
  }

  function thumbnail(parent, row) {
    const image = data.images[(row.images || [])[0]];
    if (image && image.preview) {
      const picture = add(parent, "img", undefined, "thumb");
      picture.src = image.preview;
      picture.alt = "";
    } else add(parent, "span", undefined, "thumb none");
  }

  function drawList() {
    const first = Math.max(0, Math.floor(chosen / PAGE)) * PAGE;
    list.replaceChildren();
    shown.slice(first, first + PAGE).forEach((one, offset) => {
      const button = add(add(list, "li"), "button");
      button.type = "button";
      button.setAttribute("aria-current", String(first + offset === chosen));
      thumbnail(button, one.row);
      add(button, "span", one.row.id + (one.row.sample ? ` · vote ${one.row.sample + 1}` : "")
        + (data.runs.length > 1 ? ` · ${data.runs[one.row.run].name}` : ""), "row-id mono");
      add(button, "span", one.verdict, `state ${one.verdict}`);
      addForeign(button, "span", one.row.question, "row-question");
      button.addEventListener("click", () => choose(first + offset, true));
    });
    drawPages(first);
  }

  function drawPages(first) {
    pages.replaceChildren();
    if (shown.length <= PAGE) return;
    const back = add(pages, "button", "Previous 50");
    add(pages, "span", `${first + 1} to ${Math.min(first + PAGE, shown.length)} of ${shown.length}`);
    const on = add(pages, "button", "Next 50");
    back.disabled = first === 0;
    on.disabled = first + PAGE >= shown.length;
    back.addEventListener("click", () => choose(first - PAGE));
    on.addEventListener("click", () => choose(first + PAGE));
    for (const button of [back, on]) button.type = "button";
  }

  function choose(number, keepFocus) {
    chosen = number;
    drawList();
    drawDetail();
    const current = list.querySelector('[aria-current="true"]');
    if (current) {
      list.scrollTop += current.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
      if (keepFocus) current.focus({ preventScroll: true });
    } else list.scrollTop = 0;
  }

  function drawDetail() {
    detail.replaceChildren();
    if (chosen < 0) { add(detail, "p", "No sample fits these filters."); return; }
    const { row, verdict: outcome } = shown[chosen];
    const title = add(detail, "h3", row.id);
    title.append(" ");
    add(title, "span", outcome, `state ${outcome}`);
    drawTags(row);
    drawPictures(row);
    section_of("Prompt, as sent", prompt(row));
    drawOptions(row);
    if (row.error) section_of("Error", row.error);
    if (row.response !== undefined) section_of("Response, as received", row.response, "the response is empty");
    if (row.reference !== undefined) section_of("Reference", row.reference);
    drawReading(row);
    drawJudge(row);
  }

  function section_of(title, text, ifEmpty) {
    add(detail, "h4", title);
    if (whole(text) === "" && ifEmpty) { add(detail, "p", `(${ifEmpty})`, "quiet-text"); return; }
    addForeign(detail, "pre", whole(text)).tabIndex = 0;
    if (Array.isArray(text)) add(detail, "p", `${text[1]} more characters in samples.jsonl`, "quiet-text");
  }

  function drawTags(row) {
    const tags = add(detail, "ul", undefined, "tags");
    if (data.runs.length > 1) add(tags, "li", data.runs[row.run].name);
    for (const axis of AXES.slice(0, -2)) if (row[axis]) add(tags, "li", axis === "degradation_level" ? `degradation: ${row[axis]}` : words(row[axis]));
  }

  function drawPictures(row) {
    const pictures = add(detail, "div", undefined, "pictures");
    (row.images || []).forEach((number, position) => {
      const image = data.images[number];
      const figure = add(pictures, "figure");
      const name = row.images.length > 1 ? `Image ${position + 1}` : "Image";
      const sent = `${image.width} × ${image.height} px, ${image.bit_depth} bit`;
      let picture = null;
      if (image.preview) {
        picture = add(figure, "img", undefined, "small");
        picture.src = image.preview;
        picture.alt = `${name} of ${row.id}, preview`;
      } else add(figure, "div", `image not kept, or not readable: ${image.sent_sha256}`, "missing");
      const caption = add(figure, "figcaption");
      const same = !image.sha256;
      const how = same ? "sent as its file's own bytes" : image.lossless ? `sent as ${image.sent_format.toUpperCase()}, without loss` : `sent as ${image.sent_format.toUpperCase()}, WITH LOSS`;
      add(caption, "div", `${name}: ${image.format.toUpperCase()}, ${sent}; ${how}`);
      add(caption, "div", `sent sha256 ${image.sent_sha256}`, "mono");
      if (image.window) add(caption, "div", `window ${JSON.stringify(image.window)}`);
      if (picture) addFullSize(caption, picture, image, name, row);
    });
  }

  // The full image is read from beside the report, and only when asked for: the page works without it.
  function addFullSize(caption, picture, image, name, { id, run }) {
    const file = `${data.runs[run].folder}/${image.sent_sha256}${image.ending}`;
    const button = add(caption, "button", "Show as sent, full size");
    button.type = "button";
    button.addEventListener("click", () => {
      picture.addEventListener("load", () => { button.remove(); picture.alt = `${name} of ${id}, as sent`; }, { once: true });
      picture.addEventListener("error", () => {
        picture.className = "small";
        picture.src = image.preview;
        button.replaceWith(`${file} is not beside this report`);
      }, { once: true });
      picture.className = "";
      picture.src = file.split("/").map(encodeURIComponent).join("/");
    });
  }

  function drawOptions(row) {
    const letters = Object.keys(row.options || {});
    if (!letters.length) return;
    add(detail, "h4", "Options");
    const options = add(detail, "ul", undefined, "options");
    for (const letter of letters) {
      const gold = letter === row.answer;
      const said = letter === row.prediction;
      const item = add(options, "li", undefined, `${gold ? "gold" : ""} ${said ? "said" : ""}`);
      addForeign(item, "span", `${letter}. ${row.options[letter]}`);
      if (gold) add(item, "span", "correct answer", "mark right");
      if (said) add(item, "span", "model's answer", `mark ${gold ? "right" : "off"}`);
    }
  }

  function drawReading(row) {
    add(detail, "h4", "Reading");
    const facts = add(detail, "dl", undefined, "facts");
    const entries = { state: row.state, rule: row.rule, prediction: row.prediction, answer: row.answer,
      "finish reason": row.finish_reason, attempts: row.attempts, "latency, s": row.latency_s,
      "tokens sent": row.tokens_in, "tokens received": row.tokens_out, "cost, USD": row.cost_usd,
      "source item": row.source_item };
    for (const [name, value] of Object.entries(entries)) {
      if (value == null) continue;
      const fact = add(facts, "div");
      add(fact, "dt", name);
      addForeign(fact, "dd", typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(3) : String(value));
    }
  }

  function drawJudge(row) {
    for (const [axis, verdict] of Object.entries(row.judge || {})) {
      const score = verdict.score === null ? verdict.state : `${verdict.score} of 2`;
      section_of(`Judge, ${words(axis)}: ${score}`, verdict.raw, "no text kept");
    }
  }

  section.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const inList = list.contains(event.target);
    const step = event.key === "j" || (inList && event.key === "ArrowDown") ? 1
      : event.key === "k" || (inList && event.key === "ArrowUp") ? -1 : 0;
    if (step && shown.length) choose(Math.min(Math.max(chosen + step, 0), shown.length - 1), true);
    else if (event.key === "/") filters.elements.search.focus();
    else return;
    event.preventDefault();
  });

  buildFilters();
  apply();
})();
