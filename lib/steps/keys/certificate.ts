/**
 * X.509 certificates: an authority of one's own, and what it signs for servers.
 *
 * @module
 */

import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import { isAddress } from "../../evaluators/servers.ts";

/** Ed25519 of RFC 8410, for keys and signatures alike. */
const ed25519 = new AlgorithmIdentifier({ algorithm: "1.3.101.112" });

/** The attribute "common name". */
const commonName = "2.5.4.3";

/** A certificate and its private key. */
export interface Certified {
  readonly certificate: Certificate;
  readonly key: CryptoKeyPair;
}

/** From when to when a certificate holds. */
export interface Period {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Makes a certificate authority that signs itself.
 *
 * @param name Shown to persons.
 */
export async function newAuthority(name: string, period: Period): Promise<Certified> {
  const key = await newKey();
  const identifier = await identifierOf(key);
  const extensions = [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(identifier)),
  ];
  const parts = { issuer: named(name), subject: named(name), period, key, extensions };
  return { key, certificate: await signed(parts, key.privateKey) };
}

/**
 * Makes a certificate of a server.
 *
 * @param hosts Names and addresses by which it is reached: at least one.
 */
export async function newServer(authority: Certified, hosts: readonly string[], period: Period): Promise<Certified> {
  const key = await newKey();
  const extensions = [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
    extension(id_ce_subjectAltName, new SubjectAlternativeName(hosts.map(alternative))),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(await identifierOf(key))),
    extension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(await identifierOf(authority.key)) }),
    ),
  ];
  const issuer = authority.certificate.tbsCertificate.subject;
  const parts = { issuer, subject: named(hosts[0]!), period, key, extensions };
  return { key, certificate: await signed(parts, authority.key.privateKey) };
}

/** A certificate as PEM. */
export function certificatePem(certificate: Certificate): string {
  return pem("CERTIFICATE", AsnConvert.serialize(certificate));
}

/** A certificate and its private key as PEM, in one text, so that one is never there without the other. */
export async function certifiedPem({ certificate, key }: Certified): Promise<string> {
  return certificatePem(certificate) + pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", key.privateKey));
}

/**
 * What {@linkcode certifiedPem} has written.
 *
 * @throws {Error} If it is none.
 */
export async function readCertified(text: string): Promise<Certified> {
  const certificate = AsnConvert.parse(bytesOf(text, "CERTIFICATE"), Certificate);
  const read = { name: "Ed25519" };
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey("pkcs8", bytesOf(text, "PRIVATE KEY"), read, true, ["sign"]),
    crypto.subtle.importKey(
      "spki",
      AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo),
      read,
      true,
      ["verify"],
    ),
  ]);
  return { certificate, key: { privateKey, publicKey } };
}

interface Parts {
  readonly issuer: Name;
  readonly subject: Name;
  readonly period: Period;
  readonly key: CryptoKeyPair;
  readonly extensions: readonly Extension[];
}

async function signed({ issuer, subject, period, key, extensions }: Parts, by: CryptoKey): Promise<Certificate> {
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: newSerial(),
    signature: ed25519,
    issuer,
    validity: new Validity({ notBefore: period.from, notAfter: period.until }),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(await spki(key), SubjectPublicKeyInfo),
    extensions: new Extensions([...extensions]),
  });
  const signature = await crypto.subtle.sign("Ed25519", by, AsnConvert.serialize(tbsCertificate));
  return new Certificate({ tbsCertificate, signatureAlgorithm: ed25519, signatureValue: signature });
}

async function newKey(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]) as CryptoKeyPair;
}

async function spki({ publicKey }: CryptoKeyPair): Promise<ArrayBuffer> {
  return await crypto.subtle.exportKey("spki", publicKey);
}

/** What a key is known by within certificates: method 1 of RFC 7093, as SHA-1 is out of use. */
async function identifierOf(key: CryptoKeyPair): Promise<ArrayBuffer> {
  const raw = await crypto.subtle.exportKey("raw", key.publicKey);
  return (await crypto.subtle.digest("SHA-256", raw)).slice(0, 20);
}

/** A positive integer of 16 bytes, drawn. */
function newSerial(): ArrayBuffer {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = bytes[0]! & 0x3f | 0x40;
  return bytes.buffer;
}

function named(text: string): Name {
  const value = new AttributeValue({ utf8String: text.slice(0, 64) });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonName, value })])]);
}

function alternative(host: string): GeneralName {
  return isAddress(host) ? new GeneralName({ iPAddress: host }) : new GeneralName({ dNSName: host });
}

function extension(extnID: string, value: unknown, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines = new Uint8Array(bytes).toBase64().match(/.{1,64}/g)!;
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

function bytesOf(text: string, label: string): Uint8Array<ArrayBuffer> {
  const [, base64] = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text) ?? [];
  if (base64 === undefined) throw new Error(`It must hold a ${label}`);
  return Uint8Array.fromBase64(base64.replaceAll(/\s+/g, ""));
}
