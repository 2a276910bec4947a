"""A QR code as a drawing."""

from io import BytesIO
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode


def svg_of(text: str) -> str:
    """The drawing of a QR code that says `text`, with its quiet zone; it scales."""
    code: Any = QRCode(error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage, border=2)
    code.add_data(text)
    file = BytesIO()
    code.make_image().save(file)
    return file.getvalue().decode().partition("?>")[2].strip()
