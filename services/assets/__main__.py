"""Runs one of the two processes of assets: `python -m services.assets answer|follow`."""

from services.assets.service import ASSETS
from services.runtime.process import main

if __name__ == "__main__":
    main(ASSETS)
