import numpy as np


def test_detail_across_the_motion_is_lost_and_along_it_kept(run):
    rng = np.random.default_rng(0)
    image = rng.uniform(0.3, 0.7, (128, 128)).astype(np.float32)
    effect = run("general.motion_blur", image, length=0.12)
    angle = np.deg2rad(effect.facts["angle_degrees"])
    power = np.abs(np.fft.fft2(effect.image - effect.image.mean())) ** 2
    fy, fx = np.meshgrid(np.fft.fftfreq(128), np.fft.fftfreq(128), indexing="ij")
    along = np.abs(fy * np.sin(angle) + fx * np.cos(angle))
    ring = (np.hypot(fy, fx) > 0.1) & (np.hypot(fy, fx) < 0.4)
    assert power[ring & (along < 0.01)].mean() > 20 * power[ring & (along > 0.15)].mean()


def test_the_direction_is_the_same_at_every_severity(run, noise_image):
    angles = {run("general.motion_blur", noise_image, s).facts["angle_degrees"] for s in (0.1, 0.5, 1.0)}
    assert len(angles) == 1
