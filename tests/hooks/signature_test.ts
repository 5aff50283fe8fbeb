import { assertEquals } from "@std/assert";
import { createHmac } from "node:crypto";
import { keyOf, signedHeaders } from "../../lib/hooks/signature.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Deno.test("signedHeaders() makes the signature of Standard Webhooks, as another library makes it", async () => {
  const headers = await signedHeaders(
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    '{"test": 2432232314}',
    [keyOf(secret)!],
    1614265330,
  );
  assertEquals(headers, {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

Deno.test("signedHeaders() signs with each key, and not at all without one", async () => {
  const keys = ["a", "b"].map((sign) => `whsec_${btoa(sign.repeat(32))}`);
  const body = '{"text":"ä – ✓"}';
  const headers = await signedHeaders("evt_1", body, keys.map((key) => keyOf(key)!), 7);
  const wanted = ["a", "b"].map((sign) =>
    `v1,${createHmac("sha256", sign.repeat(32)).update(`evt_1.7.${body}`).digest("base64")}`
  );
  assertEquals(headers["webhook-signature"], wanted.join(" "));
  assertEquals(Object.keys(await signedHeaders("evt_1", body, [], 7)), ["webhook-id", "webhook-timestamp"]);
});

Deno.test("keyOf() takes whsec_ and 24 to 64 bytes in base64, and nothing else", () => {
  const of = (length: number) => `whsec_${btoa("k".repeat(length))}`;
  assertEquals([23, 24, 64, 65].map((length) => keyOf(of(length))?.length), [undefined, 24, 64, undefined]);
  for (const wrong of ["", "whsec_", "whsec_***", btoa("k".repeat(32)), `${of(24)}é`]) {
    assertEquals(keyOf(wrong), undefined);
  }
});
