// The table of verdicts.

/** Prints a row a delivery and a column a server; says whether every verdict is the expected one. */
export function print(rows, servers) {
  const lines = [["sender", "delivery", "expected", ...servers, ""]];
  for (const { provider, name, expected, verdicts } of rows) {
    lines.push([provider, name, expected, ...verdicts, remark(expected, verdicts)]);
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const rule = widths.map((width) => "-".repeat(width));
  for (const line of [lines[0], rule, ...lines.slice(1)]) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
  }

  const wrong = rows.filter(({ expected, verdicts }) => isWrong(expected, verdicts)).length;
  const different = rows.filter(({ verdicts }) => isDifferent(verdicts)).length;
  console.log(`\n${rows.length} deliveries, ${servers.length} servers, ${wrong} wrong, ${different} different`);
  return wrong === 0 && different === 0;
}

const isWrong = (expected, verdicts) => verdicts.some((verdict) => verdict !== expected);
const isDifferent = (verdicts) => new Set(verdicts).size > 1;

function remark(expected, verdicts) {
  if (isDifferent(verdicts)) return "<-- different";
  return isWrong(expected, verdicts) ? "<-- wrong" : "";
}
