#!/usr/bin/env python3
"""A mail server for tests. Prints its port, then one JSON line for each message, until standard input ends.

usage: smtp_server.py [--tls FOLDER] [--require-auth] [--fault NAME]
With --tls it offers STARTTLS; the account is user "duty", password "canary-pass". Faults:
  refuse-recipient (550), greylist (451), die-after-data (takes the message, then cuts the line without a reply),
  echo-password (answers AUTH with the password in its words), hang-after-data
"""
import argparse
import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP, AuthResult

from certificate import server_context

ACCOUNT = (b"duty", b"canary-pass")


class Handler:
    def __init__(self, fault):
        self.fault = fault

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.fault == "refuse-recipient":
            return "550 5.1.1 nobody of that name here"
        if self.fault == "greylist":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "data": envelope.content.decode("latin-1"),
                "helo": session.host_name, "tls": session.ssl is not None, "auth": bool(session.authenticated)}
        print(json.dumps(mail), flush=True)
        if self.fault == "die-after-data":
            server.transport.abort()
        if self.fault == "hang-after-data":
            await asyncio.sleep(3600)
        return "250 2.0.0 queued as T1"


def authenticator(fault):
    def check(server, session, envelope, mechanism, data):
        if fault == "echo-password":
            return AuthResult(success=False, handled=False,
                              message="535 5.7.8 no such login " + data.login.decode() + "/" + data.password.decode())
        return AuthResult(success=(data.login, data.password) == ACCOUNT, handled=False)
    return check


async def serve(options):
    context = server_context(options.tls) if options.tls else None
    loop = asyncio.get_running_loop()

    def protocol():
        return SMTP(Handler(options.fault), hostname="sink.test", tls_context=context, loop=loop,
                    authenticator=authenticator(options.fault), auth_required=options.require_auth,
                    auth_require_tls=context is not None, enable_SMTPUTF8=True)

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls")
    parser.add_argument("--require-auth", action="store_true")
    parser.add_argument("--fault", default="")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
