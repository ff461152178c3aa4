#!/usr/bin/env python
from cqc_site.command import main

if __name__ == "__main__":
    main()
