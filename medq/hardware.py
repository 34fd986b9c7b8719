"""What `conf/hardware/*.yaml` may say: where open weights run, in how many processes, and who starts these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Positive = Annotated[int, Field(gt=0)]
Place = Literal["process", "vllm_local", "vllm", "sglang"]
# Where medq's own processes load the weights; else a server does.
IN_PROCESS = ("process", "vllm_local")
# What can move an answer; all else may differ between the two halves of one run.
MEASURED_KEYS = ("place", "dtype", "attention", "min_pixels", "max_pixels")


class _Strict(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(_Strict):
    """The server that medq starts on loopback for `place: vllm` and `place: sglang`.

    `port` None: a free one. `command` replaces the engine's own; "{model}", "{port}" and "{gpus}" in it are filled in.
    """

    port: Positive | None = None
    ready_timeout_s: Annotated[float, Field(gt=0)] = 1800.0
    command: str | None = None
    args: tuple[str, ...] = ()


class SlurmSettings(_Strict):
    """What a shard asks of Slurm. `cluster: local` runs the same jobs as processes of this machine."""

    cluster: Literal["slurm", "local"] = "slurm"
    partition: str | None = None
    account: str | None = None
    qos: str | None = None
    time_min: Positive = 240
    cpus: Positive = 8
    memory_gib: Positive = 64
    setup: tuple[str, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)
    wait: bool = True


class RaySettings(_Strict):
    """The cluster that is already there, and the processors that a shard asks of it."""

    address: str = "auto"
    cpus: Positive = 1


class HardwareSettings(_Strict):
    """Where open weights run.

    `place`: this process and its shards, through lmms-eval or through vLLM, or a server that medq starts.
    `gpus_per_model` GPUs hold one copy of the weights (None: as few as they fit on), each of `gpu_memory_gib` GiB
    (None: as `nvidia-smi` says). `shards` processes share the questions (None: as many copies of the weights as the
    GPUs hold); `launcher` starts them, and a shard whose process died is started again at most `restarts` times.
    """

    name: str
    place: Place = "process"
    device: Literal["cpu", "cuda"] = "cpu"
    dtype: Literal["float32", "bfloat16", "float16"] = "float32"
    attention: Literal["eager", "sdpa", "flash_attention_2"] | None = None
    batch_size: Positive = 1
    min_pixels: Positive | None = None
    max_pixels: Positive | None = None
    gpus_per_model: Positive | None = None
    gpu_memory_gib: Annotated[float, Field(gt=0)] | None = None
    shards: Positive | None = 1
    launcher: Literal["processes", "slurm", "ray"] = "processes"
    restarts: Annotated[int, Field(ge=0)] = 2
    server: ServerSettings = ServerSettings()
    slurm: SlurmSettings = SlurmSettings()
    ray: RaySettings = RaySettings()

    @model_validator(mode="after")
    def _agrees(self) -> HardwareSettings:
        if self.place not in IN_PROCESS and self.launcher == "processes" and self.shards != 1:
            raise ValueError(
                f"hardware.shards: expected 1 with place={self.place} (one server takes all), got {self.shards}"
            )
        if self.launcher != "processes" and self.shards is None:
            raise ValueError(f"hardware.shards: expected a number with launcher={self.launcher}, got null")
        if self.min_pixels and self.max_pixels and self.min_pixels > self.max_pixels:
            raise ValueError(f"hardware.min_pixels: expected at most max_pixels ({self.max_pixels})")
        return self

    def measured(self) -> dict[str, Any]:
        """The settings that two runs must share for their answers to be comparable."""
        return {key: getattr(self, key) for key in MEASURED_KEYS}
