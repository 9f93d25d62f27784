from __future__ import annotations
import os, re, json
from collections import defaultdict
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from agencies.models import User
from benchmarks.pages import IDENTITY, LINK, MOST_PAGES, NOT_PAGES
from mash.demo.people import PEOPLE

ONLY = os.environ.get("ZZ_ONLY")
def test_crawl(built):
    best = {}
    for who in PEOPLE:
        client = Client()
        client.force_login(User.objects.get(email=who.email), backend=settings.AUTHENTICATION_BACKENDS[0])
        seen=set(); waiting=["/work/"]; taken=defaultdict(int)
        while waiting and len(seen)<60:
            path=waiting.pop(0)
            try: name=resolve(path.split("?")[0]).view_name
            except Resolver404: continue
            if path in seen or path.startswith(NOT_PAGES) or taken[name]>=3: continue
            seen.add(path); taken[name]+=1
            with CaptureQueriesContext(connection) as asked:
                r=client.get(path)
            if r.status_code!=200 or "html" not in r.get("Content-Type",""): continue
            qs=[q["sql"] for q in asked.captured_queries if not any(k.search(q["sql"]) for k in IDENTITY)]
            if len(qs)>len(best.get(name,([],))[0]): best[name]=(qs,who.email,path)
            waiting.extend(LINK.findall(r.content.decode()))
    with open("/tmp/zz_queries.json","w") as f: json.dump(best,f)
    for n,(qs,who,p) in sorted(best.items()): print(len(qs),n,who)
