"""Signs with a sender's own library and delivers: a good one, the same again, a tampered one and an old one.

usage: deliver.py standardwebhooks|svix URL SECRET
"""
import datetime
import json
import sys
import urllib.error
import urllib.request

library, url, secret = sys.argv[1:]
if library == "svix":
    from svix.webhooks import Webhook
    prefix = "svix"
else:
    from standardwebhooks.webhooks import Webhook
    prefix = "webhook"


def deliver(label, body, sent=None, when=None):
    when = when or datetime.datetime.now(tz=datetime.timezone.utc)
    headers = {
        "Content-Type": "application/json",
        f"{prefix}-id": "msg_library",
        f"{prefix}-timestamp": str(int(when.timestamp())),
        f"{prefix}-signature": Webhook(secret).sign("msg_library", when, body),
    }
    request = urllib.request.Request(url, data=(sent or body).encode(), headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            print(label, answer.status, json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        print(label, error.code)


event = json.dumps({
    "id": "evt_library", "type": "contact.created", "livemode": True,
    "data": {"object": {"id": "con_1", "name": "Zoë ♥", "email": "zoe@acme.com"}},
}, ensure_ascii=False)
deliver("good", event)
deliver("again", event)
deliver("tampered", event, sent=event.replace("zoe@", "eve@"))
deliver("old", event, when=datetime.datetime.now(tz=datetime.timezone.utc) - datetime.timedelta(minutes=6))
