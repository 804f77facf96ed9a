"""Signs a report as an office does, with a throw-away certificate, and says what a validator sees.

Usage: sign.py IN.pdf FOLDER. It writes into FOLDER the file after each step: 1-signed.pdf (the person
in authority), 2-numbered.pdf (number and day filled in), 3-sealed.pdf (the organisation, over the
whole), 4-late.pdf (number and day filled in only after both signatures). It prints, a file and
signature, what pyHanko finds. Nothing of this belongs to the program.
"""

import datetime
import sys
from pathlib import Path

from asn1crypto import keys, x509
from cryptography import x509 as crypto_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

NAME = generic.pdf_name

# Pictures without text, as an office's signature (blue) and seal (red) are: nothing in them needs a
# font, so PDF/A has nothing to object to.
INK = (
    b"q 0.1 0.2 0.7 RG 2 w 20 40 m 40 80 50 10 70 45 c 80 65 90 30 100 42 c 110 55 120 35 150 50 c S Q",
    BoxConstraints(width=170, height=85),
)
SEAL = (
    b"q 0.8 0.1 0.1 RG 2.5 w 50 97 m 76 97 97 76 97 50 c 97 24 76 3 50 3 c 24 3 3 24 3 50 c "
    b"3 76 24 97 50 97 c S 0.8 0.1 0.1 rg 50 65 m 54 54 l 65 54 l 56 47 l 60 36 l 50 43 l 40 36 l "
    b"44 47 l 35 54 l 46 54 l f Q",
    BoxConstraints(width=100, height=100),
)


def signer(common_name):
    """Returns a signer with a key and a certificate of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = crypto_x509.Name([crypto_x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        crypto_x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(crypto_x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(crypto_x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            crypto_x509.KeyUsage(True, True, False, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def sign(source, target, field, who):
    """Signs a field that the report has; never makes a new one. `who` is a signer and a picture."""
    signer_of_field, (drawing, box) = who
    with source.open("rb") as opened, target.open("wb") as out:
        meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
        style = StaticStampStyle(border_width=0, background=RawContent(drawing, box=box))
        pdf_signer = signers.PdfSigner(meta, signer=signer_of_field, stamp_style=style)
        writer = IncrementalPdfFileWriter(opened)
        pdf_signer.sign_pdf(writer, existing_fields_only=True, output=out)


def fill(source, target, values):
    """Writes values into text fields, each with the font that the form has for it."""
    with source.open("rb") as opened, target.open("wb") as out:
        writer = IncrementalPdfFileWriter(opened)
        form = writer.root["/AcroForm"]
        for reference in form["/Fields"]:
            field = reference.get_object()
            value = values.get(field.get("/T"))
            if value is None:
                continue
            field[NAME("/V")] = generic.pdf_string(value)
            field[NAME("/AP")] = generic.DictionaryObject(
                {NAME("/N"): writer.add_object(appearance(form, field, value))}
            )
            writer.mark_update(reference)
        writer.write(out)


def appearance(form, field, value):
    """Returns the appearance of a value, as a program that fills forms draws it."""
    left, lower, right, upper = (float(side) for side in field["/Rect"])
    width, height = right - left, upper - lower
    font_name, size = str(field["/DA"]).split()[0], float(str(field["/DA"]).split()[1])
    font = form["/DR"]["/Font"][font_name]
    first = int(font["/FirstChar"])
    text_width = sum(int(font["/Widths"][ord(sign) - first]) for sign in value) * size / 1000
    inset = 2.0
    start = {0: inset, 1: (width - text_width) / 2, 2: width - inset - text_width}[int(field["/Q"])]
    base = height - 0.95 * size
    content = (
        f"/Tx BMC q BT {field['/DA']} {start:.2f} {base:.2f} Td ({value}) Tj ET Q EMC"
    ).encode("ascii")
    return generic.StreamObject(
        dict_data={
            NAME("/Type"): NAME("/XObject"),
            NAME("/Subtype"): NAME("/Form"),
            NAME("/BBox"): generic.ArrayObject(
                generic.FloatObject(side) for side in (0, 0, width, height)
            ),
            NAME("/Resources"): generic.DictionaryObject(
                {
                    NAME("/Font"): generic.DictionaryObject(
                        {NAME(font_name): form["/DR"]["/Font"].raw_get(font_name)}
                    )
                }
            ),
        },
        stream_data=content,
    )


def report(path, roots):
    """Prints what a validator that trusts these certificates says of each signature."""
    with path.open("rb") as opened:
        for signature in PdfFileReader(opened).embedded_signatures:
            context = ValidationContext(trust_roots=roots, allow_fetching=False)
            status = validate_pdf_signature(signature, context)
            print(
                path.name,
                signature.field_name,
                "valid" if status.valid and status.intact else "INVALID",
                status.coverage.name,
                status.modification_level.name if status.modification_level else "NONE",
                "ok" if status.bottom_line else "NOT-OK",
                sep="\t",
            )


def main():
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    person = (signer("Nguoi ky thu"), INK)
    office = (signer("Co quan thu"), SEAL)
    values = {"SoVanBan": "15", "NgayBanHanh": "20"}
    signed, numbered, sealed = (
        folder / name for name in ("1-signed.pdf", "2-numbered.pdf", "3-sealed.pdf")
    )
    sign(source, signed, "ChuKySo", person)
    fill(signed, numbered, values)
    sign(numbered, sealed, "ChuKySoCoQuan", office)
    both, late = folder / "both.pdf", folder / "4-late.pdf"
    sign(signed, both, "ChuKySoCoQuan", office)
    fill(both, late, values)
    both.unlink()
    roots = [who.signing_cert for who, _ in (person, office)]
    for path in (signed, numbered, sealed, late):
        report(path, roots)


if __name__ == "__main__":
    main()
