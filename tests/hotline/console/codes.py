"""Reads QR codes off a page as a telephone does that is held in front of it."""

from base64 import b64decode, b64encode
from typing import Final

import zxingcpp
from playwright.sync_api import Page

GREYS: Final = """async (picture) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  let greys = "";
  for (let at = 0; at < data.length; at += 4)
    greys += String.fromCharCode((data[at] + data[at + 1] + data[at + 2]) / 3);
  return [btoa(greys), image.width, image.height];
}"""


def codes_read(page: Page) -> list[str]:
    """What the codes say that the page shows, all of it photographed."""
    taken = page.screenshot(full_page=True)
    blank = page.context.browser.new_page() if page.context.browser else page.context.new_page()
    greys, width, height = blank.evaluate(GREYS, b64encode(taken).decode())
    blank.close()
    picture = memoryview(b64decode(greys)).cast("B", (height, width))
    return [code.text for code in zxingcpp.read_barcodes(picture)]
