/**
 * A receiver of webhooks for tests: a real server, which answers as it is set to.
 *
 * @module
 */

/** What a receiver was sent. */
export interface Received {
  readonly id: string;
  readonly number: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A server that keeps what it was sent. */
export class Receiver implements AsyncDisposable {
  readonly got: Received[] = [];
  /** How it answers; may be replaced. */
  answer: (got: Received) => Response | Promise<Response> = () => new Response();
  readonly #server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const body = await request.text();
    const { number, sequence } = JSON.parse(body);
    const { headers } = request;
    const got = { id: headers.get("webhook-id") ?? "", number: Number(number ?? sequence), headers, body };
    this.got.push(got);
    return await this.answer(got);
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.addr as Deno.NetAddr).port}/`;
  }

  get numbers(): number[] {
    return this.got.map(({ number }) => number);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
