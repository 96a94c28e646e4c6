"""Reading images and answering them, which takes no PyTorch."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pyarrow as pa
import pytest
from PIL import Image

from tests import pictures
from tests.data import job, needs
from tests.pictures import SIGNATURE, file, noise
from weft_ml import images, importing, store, training
from weft_ml.algorithms.image_network import ImageNetwork, groups
from weft_ml.answers import Answers
from weft_ml.errors import (
    ImportFailedError,
    ModelCorruptError,
    PredictionDataError,
    TrainingDataError,
    TrainingFailedError,
)
from weft_ml.export import files
from weft_ml.export.image_network import Network, Stage, stored
from weft_ml.images import Look
from weft_ml.labels import Classes

RGB = Look(size=16, color="rgb")
GRAY = Look(size=16, color="gray")
MEAN = (100, 50, 200)


def column(*values: bytes | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, pa.binary())])


def read(*values: bytes | None, look: Look = RGB) -> Any:
    return images.pixels(column(*values), "photo", look, MEAN[: look.channels])


def network(classes: int = 2) -> bytes:
    rng = np.random.default_rng(3)
    stage = Stage(
        weight=rng.normal(size=(6, 3, 3, 3)),
        bias=rng.normal(size=6),
        groups=groups(6),
        scale=rng.normal(size=6),
        shift=rng.normal(size=6),
    )
    return stored(
        Network(
            mean=MEAN,
            spread=(60.0, 70.0, 80.0),
            stages=[stage],
            weight=rng.normal(size=(classes, 6)),
            bias=rng.normal(size=classes),
        ),
        RGB.shape,
    )


def model(folder: Path) -> Path:
    folder.mkdir()
    fitted = ImageNetwork.of("photo", RGB, MEAN, network())
    classes = Classes(("cat", "dog"))
    store.write(store.Model(signature=SIGNATURE, classes=classes, fitted=fitted), folder)
    return folder


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A small file of PNG that says it has many pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "BMP", "WEBP"])
def test_pixels_of_the_right_size_come_as_they_are(kind: str) -> None:
    pixels = noise(1, 16, 16)
    options = {"lossless": True} if kind == "WEBP" else {}
    assert np.array_equal(read(file(pixels, kind, **options))[0], pixels)


@pytest.mark.parametrize("kind", ["JPEG", "GIF"])
def test_other_formats_come_nearly_so(kind: str) -> None:
    pixels = np.full((16, 16, 3), (200, 90, 40), dtype=np.uint8)
    assert np.abs(read(file(pixels, kind))[0].astype(int) - pixels).max() <= 3


def test_sizes_and_colours_are_what_was_asked_for() -> None:
    photo = file(noise(2, 40, 25))
    assert read(photo).shape == (1, 16, 16, 3)
    assert read(photo, look=GRAY).shape == (1, 16, 16, 1)
    gray = np.asarray(Image.open(io.BytesIO(photo)).convert("L").resize((16, 16), 2))
    assert np.array_equal(read(photo, look=GRAY)[0, :, :, 0], gray)


def test_sixteen_bits_keep_the_upper_eight() -> None:
    deep = np.arange(256, dtype=np.uint16).reshape(16, 16) * 257
    assert np.array_equal(read(file(deep), look=GRAY)[0, :, :, 0], deep >> 8)


def test_what_is_transparent_is_white() -> None:
    clear = np.zeros((16, 16, 4), dtype=np.uint8)
    clear[:8, :, 3] = 255
    found = read(file(clear), look=GRAY)[0, :, :, 0]
    assert (found[:8] == 0).all()
    assert (found[8:] == 255).all()


def test_photos_are_upright() -> None:
    pixels = np.zeros((16, 16, 3), dtype=np.uint8)
    pixels[:8] = 255
    turned = Image.Exif()
    turned[0x0112] = 3
    found = read(file(pixels, exif=turned.tobytes()))[0]
    assert np.array_equal(found, pixels[::-1])


def test_a_large_photo_of_jpeg_looks_like_a_small_one() -> None:
    large = Image.fromarray(noise(4, 8, 8)).resize((1024, 1024), Image.Resampling.BICUBIC)
    there = io.BytesIO()
    large.save(there, "JPEG", quality=95)
    whole = np.asarray(large.resize((16, 16), Image.Resampling.BILINEAR))
    assert np.abs(read(there.getvalue())[0].astype(int) - whole).mean() < 4


def test_training_reads_the_same() -> None:
    photos = [None if n % 7 == 0 else file(noise(n)) for n in range(40)]
    found = images.training_pixels(column(*photos), "photo", RGB)
    assert not found[::7].any()
    images.fill_nulls(found, column(*photos), MEAN)
    assert np.array_equal(read(*photos), found)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (b"a text", "is no whole file of PNG, JPEG, GIF, BMP or WEBP"),
        (b"", "is no whole file of PNG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no whole file of PNG"),
        (file(noise(1), "TIFF"), "is no whole file of PNG"),
        (file(noise(1))[:80], "is damaged or ends too early"),
        (file(noise(1, 64, 64), "JPEG")[:700], "is damaged or ends too early"),
        (bomb(20_000, 20_000), "has 20000 x 20000 pixels, and 64 million are the most"),
        (bomb(2**31 - 1, 2**31 - 1), "pixels, and 64 million are the most"),
    ],
    ids=["text", "empty", "eps", "tiff", "half png", "half jpeg", "bomb", "larger bomb"],
)
def test_what_is_no_image_is_told(value: bytes, why: str) -> None:
    rows = column(file(noise(1)), value, None, value)
    with pytest.raises(PredictionDataError, match="'photo' holds what is no image") as told:
        images.pixels(rows, "photo", RGB, MEAN)
    assert why in told.value.message
    with pytest.raises(TrainingDataError, match="'photo' has 2 of 4 values that are no") as counted:
        images.training_pixels(rows, "photo", RGB)
    assert why in counted.value.message
    if "damaged" not in why:
        with pytest.raises(TrainingDataError, match="'photo' has 2 of 4 values") as early:
            images.refuse_others(rows, "photo")
        assert early.value.message == counted.value.message


def test_the_first_one_can_be_found() -> None:
    there = "md5 is '5d41402abc4b2a76b9719d911017c592'"
    with pytest.raises(TrainingDataError, match=there):
        images.refuse_others(column(None, b"hello", b"world"), "photo")
    with pytest.raises(PredictionDataError, match=there):
        read(None, b"hello", b"world")


def test_an_example_is_small_and_an_image() -> None:
    text = images.example(file(noise(3, 600, 300)))
    assert text is not None
    assert len(text) < 1000
    assert Image.open(io.BytesIO(base64.b64decode(text))).size == (6, 12)
    assert images.example(None) is None


def test_images_beyond_two_gigabytes_in_all_are_read() -> None:
    """`offsets.roomy` gives such columns offsets of 64 bits."""
    wide = column(file(noise(1)), None).cast(pa.large_binary())
    assert np.array_equal(images.training_pixels(wide, "photo", RGB)[0], read(file(noise(1)))[0])


def test_a_stored_network_answers(tmp_path: Path) -> None:
    found = store.read(model(tmp_path / "m"))
    rows = pa.table({"photo": column(*[file(noise(n)) for n in range(100)], None)})
    answers = found.fitted.predict(rows)
    assert answers.shape == (101, 2)
    assert np.allclose(answers.sum(axis=1), 1, atol=1e-12)
    assert np.unique(answers[:100], axis=0).shape[0] > 90
    one_by_one = [found.fitted.predict(rows.slice(n, 1)) for n in range(101)]
    assert np.allclose(np.concatenate(one_by_one), answers, atol=1e-6)
    assert Answers(found).answer(rows).column("y_pred").to_pylist()[0] in ("cat", "dog")


def test_a_null_is_an_image_of_the_mean(tmp_path: Path) -> None:
    fitted = store.read(model(tmp_path / "m")).fitted
    blank = file(np.full((16, 16, 3), MEAN, dtype=np.uint8))
    answers = fitted.predict(pa.table({"photo": column(None, blank)}))
    assert np.array_equal(answers[0], answers[1])


def test_predictions_tell_what_is_no_image(tmp_path: Path) -> None:
    fitted = store.read(model(tmp_path / "m")).fitted
    with pytest.raises(PredictionDataError, match="holds what is no image"):
        fitted.predict(pa.table({"photo": column(file(noise(1)), b"text")}))


def test_the_same_network_is_the_same_file() -> None:
    assert network() == network()


def test_a_network_of_other_classes_is_refused(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (folder / "network.onnx").write_bytes(network(classes=3))
    with pytest.raises(ModelCorruptError, match="does not give one number for each class"):
        store.read(folder)


def test_a_network_of_other_images_is_refused(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    told = (folder / "model.json").read_text()
    (folder / "model.json").write_text(told.replace('"image_size": 16', '"image_size": 32'))
    with pytest.raises(ModelCorruptError, match="does not take images of 32 pixels"):
        store.read(folder)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (folder / "network.onnx").write_bytes(network()[:-200])
    with pytest.raises(ModelCorruptError, match="cannot be read"):
        store.read(folder)


def test_the_exported_file_takes_pixels(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    files.write(folder, "m", tmp_path / "m.onnx")
    runtime = onnxruntime.InferenceSession(tmp_path / "m.onnx")
    (taken,) = runtime.get_inputs()
    assert (taken.name, taken.type, taken.shape[1:]) == ("photo", "tensor(uint8)", [16, 16, 3])
    photos = [file(noise(n)) for n in range(9)]
    pred, prob, probs = runtime.run(None, {"photo": read(*photos)})
    expected = store.read(folder).fitted.predict(pa.table({"photo": column(*photos)}))
    assert np.allclose(probs, expected, atol=1e-12)
    assert np.allclose(prob, expected[:, 1], atol=1e-12)
    assert list(pred) == [("cat", "dog")[place] for place in expected.argmax(axis=1)]


def test_an_exported_file_is_not_taken_in_again(tmp_path: Path) -> None:
    files.write(model(tmp_path / "m"), "m", tmp_path / "m.onnx")
    with pytest.raises(ImportFailedError, match="takes pixels of images; write EXPORT MODEL"):
        importing.take(tmp_path / "m.onnx", tmp_path)


@pytest.mark.parametrize(("units", "count"), [(1, 1), (4, 1), (8, 2), (16, 4), (10, 2), (64, 8)])
def test_groups_divide_the_channels(units: int, count: int) -> None:
    assert groups(units) == count


def fit(folder: Path, data: pa.Table, **options: Any) -> None:
    folder.mkdir(exist_ok=True)
    training.train(job(SIGNATURE, data, folder, options=options), lambda progress: None)


def test_training_tells_what_is_no_image_before_pytorch_is_asked(tmp_path: Path) -> None:
    rows = pictures.stripes()
    photos = rows.column("photo").to_pylist()
    photos[3] = photos[4] = b"no image"
    rows = rows.set_column(0, "photo", pa.array(photos, pa.binary()))
    with pytest.raises(TrainingDataError, match=r"'photo' has [12] of (72|24) values"):
        fit(tmp_path / "m", rows)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"filters": "16;32"}, "filters is '16;32'; write units between commas"),
        ({"filters": "8, 0"}, "filters is '8, 0'; write units"),
        ({"filters": ""}, "filters is ''; write units"),
        ({"filters": "99999"}, "each from 1 to 4096"),
        ({"filters": "4, 4, 4, 4", "image_size": 8}, "has 4 stages.*which can be done 3 times"),
    ],
)
def test_stages_that_are_none_are_refused(
    options: dict[str, Any], why: str, tmp_path: Path
) -> None:
    with pytest.raises(TrainingFailedError, match=why):
        fit(tmp_path / "m", pictures.stripes(), **options)


@needs("torch_image_classifier")
def test_images_that_are_all_null_teach_nothing(tmp_path: Path) -> None:
    rows = pictures.stripes()
    none = pa.array([None] * rows.num_rows, pa.binary())
    with pytest.raises(TrainingDataError, match="all images to train on are null"):
        fit(tmp_path / "m", rows.set_column(0, "photo", none))
