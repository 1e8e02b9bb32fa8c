"""What a server loads: `uvicorn app.asgi:app`."""

# ruff: noqa: E402
import gc

# All that is loaded stays: to go through it for garbage again and again takes a sixth of the start.
gc.disable()

import sys

from app.errors import SettingsError
from app.logs import log_to_stderr
from app.main import create_app
from app.settings import Settings

try:
    _settings = Settings()
except SettingsError as error:
    sys.exit(str(error))
log_to_stderr(_settings.log_level)
app = create_app(_settings)

gc.freeze()
gc.enable()
