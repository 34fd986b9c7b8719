"""Renders a view along the lumen of a colon: a stand-in for endoscopy, of which no package carries a real image.

The wall is a tube around a bent axis whose radius is narrowed by folds; it is found by marching along each camera ray.
A light at the camera shades it (Lambert, inverse square, then a soft exposure curve); the albedo carries mottled mucosa
and branching vessels. A rendering like this shows what illumination, blur, contrast and reflections do to an endoscopic
view. It is no evidence about real endoscopy, and every file that holds it says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FIELD_OF_VIEW = 1.15  # tangent of half the opening angle
DEPTH_STEPS = 110
FAR = 14.0  # in tube radii
MUCOSA_RGB = (0.90, 0.43, 0.34)
VESSEL_RGB = (0.58, 0.16, 0.15)
TEXTURE_SHAPE = (512, 1024)  # angle × depth

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tube:
    """The geometry of a lumen: `folds` within the visible depth, `bend` of the axis to the right and down."""

    folds: int
    bend: tuple[float, float]
    phase: float

    def around(self, x: Array, y: Array, z: Array) -> tuple[Array, Array]:
        """Distance from the axis and angle around it, of points given in tube radii."""
        dx = x - self.bend[0] * z**2 / 4
        dy = y - self.bend[1] * z**2 / 4
        return np.hypot(dx, dy), np.arctan2(dy, dx)

    def radius(self, z: Array, angle: Array) -> Array:
        """Radius of the wall: narrow crests between wide haustra, with the three-fold shape of the colon."""
        turn = self.folds * z / FAR * 2 * np.pi + 0.35 * np.sin(angle * 2 + self.phase)
        crest = np.exp(-(((np.cos(turn / 2 + self.phase)) / 0.38) ** 2))
        reach = 0.24 + 0.07 * np.cos(3 * angle + self.phase)
        return 1.0 - reach * crest + 0.04 * np.cos(3 * angle)


def render_lumen(*, side: int, seed: int, folds: int, bend: tuple[float, float]) -> Array:
    """The view, (side, side, 3) in [0, 1], in an endoscope's octagonal mask; the same for the same arguments."""
    rng = np.random.Generator(np.random.Philox(key=seed))
    tube = Tube(folds, bend, float(rng.uniform(0, 2 * np.pi)))
    rays_x, rays_y = _rays(side)
    depth = _wall_depth(tube, rays_x, rays_y)
    albedo = _albedo(tube, rays_x, rays_y, depth, rng)
    light = _light(rays_x, rays_y, depth)
    exposed = 1 - np.exp(-1.8 * albedo * light[..., None])
    return np.asarray(exposed * _mask(side)[..., None])


def _rays(side: int) -> tuple[Array, Array]:
    at = (np.arange(side) + 0.5) / side * 2 - 1
    y, x = np.meshgrid(at * FIELD_OF_VIEW, at * FIELD_OF_VIEW, indexing="ij")
    return x, y


def _wall_depth(tube: Tube, rays_x: Array, rays_y: Array) -> Array:
    """Depth z at which each ray (x z, y z, z) first meets the wall, refined by bisection; FAR where it does not."""
    near, far = np.full(rays_x.shape, 0.05), np.full(rays_x.shape, FAR)
    found = np.zeros(rays_x.shape, bool)
    previous = near.copy()
    for z in np.geomspace(0.3, FAR, DEPTH_STEPS):
        at = np.full(rays_x.shape, z)
        hit = ~found & (_outside(tube, rays_x, rays_y, at) >= 0)
        near[hit], far[hit] = previous[hit], z
        found |= hit
        previous[:] = z
    near[~found] = FAR
    for _ in range(12):
        middle = (near + far) / 2
        inside = _outside(tube, rays_x, rays_y, middle) < 0
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return near


def _outside(tube: Tube, rays_x: Array, rays_y: Array, z: Array) -> Array:
    distance, angle = tube.around(rays_x * z, rays_y * z, z)
    return distance - tube.radius(z, angle)


def _light(rays_x: Array, rays_y: Array, depth: Array) -> Array:
    """Lambert's cosine over the square of the distance, from a light at the camera, with some indirect light."""
    points = np.stack([rays_x * depth, rays_y * depth, depth], axis=-1)
    normal = np.cross(np.gradient(points, axis=1), np.gradient(points, axis=0))
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-12
    distance = np.linalg.norm(points, axis=-1)
    cosine = np.abs((normal * points).sum(axis=-1)) / (distance + 1e-12)
    return np.asarray((0.25 + 0.75 * cosine) * 2.2 / (0.6 + distance**1.35))


def _albedo(tube: Tube, rays_x: Array, rays_y: Array, depth: Array, rng: np.random.Generator) -> Array:
    from scipy.ndimage import map_coordinates

    _, angle = tube.around(rays_x * depth, rays_y * depth, depth)
    at = [(angle / (2 * np.pi) % 1) * TEXTURE_SHAPE[0], np.log(depth / 0.3) / np.log(FAR / 0.3) * TEXTURE_SHAPE[1]]
    mottle = map_coordinates(_noise(rng, 14) * 0.5 + _noise(rng, 4) * 0.35, at, order=1, mode="grid-wrap")
    vessels = map_coordinates(_vessels(rng), at, order=1, mode="grid-wrap")
    mucosa = np.asarray(MUCOSA_RGB) * (1 + 0.13 * mottle[..., None] * np.asarray((0.5, 1.0, 1.0)))
    return np.asarray(mucosa + vessels[..., None] * (np.asarray(VESSEL_RGB) - mucosa))


def _noise(rng: np.random.Generator, sigma: float) -> Array:
    """Periodic Gaussian noise over the wall, smoothed over `sigma` texture pixels, standard deviation 1."""
    from scipy.ndimage import gaussian_filter

    smooth = gaussian_filter(rng.standard_normal(TEXTURE_SHAPE), sigma, mode="wrap")
    return np.asarray(smooth / smooth.std())


def _vessels(rng: np.random.Generator) -> Array:
    """Opacity of branching vessels: the zero lines of smooth noise at three scales, thinner where finer."""
    opacity = np.zeros(TEXTURE_SHAPE)
    for sigma, width, strength in ((26, 0.055, 0.85), (15, 0.045, 0.6), (8, 0.05, 0.4)):
        line = np.exp(-((_noise(rng, sigma) / width) ** 2)) * strength
        opacity = np.maximum(opacity, line * np.clip(0.6 + 0.5 * _noise(rng, 40), 0, 1))
    return opacity


def _mask(side: int) -> Array:
    """1 inside the endoscope's field, an octagon with soft edges, 0 outside."""
    at = np.abs((np.arange(side) + 0.5) / side * 2 - 1)
    y, x = np.meshgrid(at, at, indexing="ij")
    edge = np.maximum(np.maximum(x, y) - 0.97, (x + y - 1.62) / np.sqrt(2))
    return np.asarray(np.clip(0.5 - edge * side / 4, 0, 1))
