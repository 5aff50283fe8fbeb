import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encodeHex, sha256 } from "./_hash.ts";
