"""How gunicorn serves the hub, in the demo and in a real one.

There is no access log: addresses carry references, and who read what is kept in
the read log, not in a file of the web server. The number of workers comes from
WEB_CONCURRENCY.
"""

import os
from pathlib import Path

bind = "0.0.0.0:8000"
worker_class = "deploy.buffered_worker.BufferedWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a file without a name
control_socket_disable = True  # it would be a way in, in the home folder of whoever runs the hub
accesslog = None
