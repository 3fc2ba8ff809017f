"""What the web server and the `flask` command load."""

import sys

from app import create_app
from app.config import BadSettings

try:
    app = create_app()
except BadSettings as refusal:
    sys.exit(str(refusal))
