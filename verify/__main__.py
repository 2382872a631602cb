"""``python -m verify`` is ``truezero``."""

from verify.cli import main

if __name__ == "__main__":
    main()
