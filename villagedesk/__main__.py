"""`python -m villagedesk`: the command line, or the desk when no command is given."""

import sys

from villagedesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
