/**
 * Whether a plugin's `requires` range allows a version of the contract. Ranges are a caret and the version that the
 * plugin was written for: `^1`, `^1.2`, `^1.2.3`; anything else is not allowed. Same major version, and not older.
 */
export function contractAllows(requires: string, version: string): boolean {
  const wanted = /^\^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(requires.trim());
  const offered = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  if (wanted === null || offered === null) return false;
  const [wantedMajor, wantedMinor, wantedPatch] = [1, 2, 3].map((part) => Number(wanted[part] ?? 0)) as [
    number,
    number,
    number,
  ];
  const [major, minor, patch] = [1, 2, 3].map((part) => Number(offered[part])) as [number, number, number];
  if (major !== wantedMajor) return false;
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch);
}
