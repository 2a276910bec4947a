// What the devices of participants and holders do with an urn: the same as samspil/core/urn, tried against it
// in tests/journeys/test_urn_in_the_browser.py. Needs vendor/nacl.js and vendor/sealedbox.js.
const samspilUrn = (() => {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const GROUPS = 8;
  const ORDERS = [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]];
  const DOMAIN = new TextEncoder().encode("samspil urn key 1");

  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  };
  const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const double = (value) => ((value << 1) & 32 ? (value << 1) ^ 0b100101 : value << 1);
  const check = (values, place) => values.reduceRight((sum, value) => double(sum ^ value), place);

  function newSecret() {
    return nacl.randomBytes(20);
  }

  function asText(secret) {
    const values = [];
    let bits = 0, held = 0;
    for (const byte of secret) {
      bits = (bits << 8) | byte;
      for (held += 8; held >= 5; bits &= (1 << held) - 1) values.push(bits >> (held -= 5));
    }
    return Array.from({ length: GROUPS }, (_, place) => {
      const group = values.slice(4 * place, 4 * place + 4);
      return [...group, check(group, place)].map((value) => ALPHABET[value]).join("");
    }).join(" ");
  }

  // { secret }, or { group } with the first group that is wrong, 0 where there are too few or too many letters.
  function fromText(text) {
    const typed = text.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
    if (typed.length !== GROUPS * 5) return { group: 0 };
    const bytes = [];
    let bits = 0, held = 0;
    for (let place = 0; place < GROUPS; place++) {
      const values = [...typed.slice(5 * place, 5 * place + 5)].map((letter) => ALPHABET.indexOf(letter));
      if (values.includes(-1) || values[4] !== check(values.slice(0, 4), place)) return { group: place + 1 };
      for (const value of values.slice(0, 4)) {
        bits = (bits << 5) | value;
        if ((held += 5) >= 8) {
          bytes.push(bits >> (held -= 8));
          bits &= (1 << held) - 1;
        }
      }
    }
    return { secret: Uint8Array.from(bytes) };
  }

  function pairOf(secret) {
    return nacl.box.keyPair.fromSecretKey(nacl.hash(joined(DOMAIN, secret)).slice(0, 32));
  }

  function open(box, pair) {
    return box.length > 48 ? sealedBox.open(box, pair.publicKey, pair.secretKey) : null;
  }

  function pad(plain, size) {
    if (plain.length >= size) return null;
    return joined(plain, [0x80], new Uint8Array(size - plain.length - 1));
  }

  function seal(padded, holders) {
    const key = nacl.randomBytes(32), nonce = nacl.randomBytes(24);
    const wraps = ORDERS.map(([outer, inner]) => sealedBox.seal(sealedBox.seal(key, holders[inner]), holders[outer]));
    return joined([1], ...wraps, nonce, nacl.secretbox(padded, nonce, key));
  }

  // Without what cannot be seen: it would make a ballot longer than every ballot of its round may be.
  function tidy(text) {
    const lines = text.replace(/\r\n?/g, "\n").trim();
    return lines.replace(/[\u0000-\u0009\u000b-\u001f]/g, "").replace(/\p{Surrogate}/gu, "");
  }

  return { newSecret, asText, fromText, pairOf, open, pad, seal, tidy, toHex, fromHex, toBase64, fromBase64 };
})();
