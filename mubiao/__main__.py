"""`python -m mubiao`."""

from mubiao.cli import main

if __name__ == "__main__":
    main()
