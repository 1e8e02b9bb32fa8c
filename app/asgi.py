"""What a server loads: `uvicorn app.asgi:app`."""

from app.logs import log_to_stderr
from app.main import create_app
from app.settings import Settings

_settings = Settings()
log_to_stderr(_settings.log_level)
app = create_app(_settings)
