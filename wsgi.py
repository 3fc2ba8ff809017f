"""What the web server and the `flask` command load."""

import gc
import sys

from app import create_app
from app.config import BadSettings

try:
    app = create_app()
except BadSettings as refusal:
    sys.exit(str(refusal))
gc.freeze()  # what is loaded lives as long as the process: the collector need not stop a page to go through it again
