import { assertEquals } from "@std/assert";
import { exposition } from "../../../lib/steps/metrics/exposition.ts";

Deno.test("exposition() escapes labels, and leaves out what has no value", () => {
  const text = exposition([
    {
      name: "a_total",
      type: "counter",
      help: "A.",
      samples: [{ labels: { x: 'q"\\\n' }, value: 1.5 }, { value: null }],
    },
    { name: "b", type: "gauge", help: "B.", samples: [{ value: null }] },
    { name: "c_seconds", type: "summary", help: "C.", samples: [{ suffix: "_sum", value: 2 }] },
  ], { run: "r" });
  assertEquals(
    text,
    '# HELP a_total A.\n# TYPE a_total counter\na_total{run="r",x="q\\"\\\\\\n"} 1.5\n' +
      '# HELP c_seconds C.\n# TYPE c_seconds summary\nc_seconds_sum{run="r"} 2\n',
  );
});
