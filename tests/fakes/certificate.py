"""A certificate that only the test which asked for it trusts."""
import os
import ssl
import subprocess


def server_context(folder):
    """FOLDER/localhost.pem is made when it is missing; clients take it as their CA file."""
    pem, key = folder + "/localhost.pem", folder + "/localhost.key"
    if not os.path.exists(pem):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", pem, "-days", "2", "-subj", "/CN=test server",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    return context
