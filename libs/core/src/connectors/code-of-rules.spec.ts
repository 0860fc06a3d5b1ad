import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { codeOfRules, hashOfCode } from './code-of-rules.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-code-'));
  await mkdir(join(folder, 'us'));
  await writeFile(join(folder, 'us', 'us-test-01.ts'), 'one');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the code of rules', () => {
  it('is another when a module in it is changed, moved or added', async () => {
    const hashes = [await hashOfCode(folder)];
    await writeFile(join(folder, 'us', 'us-test-01.ts'), 'two');
    hashes.push(await hashOfCode(folder));
    await writeFile(join(folder, 'us', 'us-test-02.ts'), '');
    hashes.push(await hashOfCode(folder));
    await rm(join(folder, 'us', 'us-test-01.ts'));
    await writeFile(join(folder, 'us-test-01.ts'), 'two');
    hashes.push(await hashOfCode(folder));
    expect(new Set(hashes).size).toBe(4);
  });

  it('is the same whatever its tests say', async () => {
    const before = await hashOfCode(folder);
    await writeFile(join(folder, 'us', 'us-test-01.spec.ts'), 'a test');
    expect(await hashOfCode(folder)).toBe(before);
  });

  it('is found where this process runs it', async () => {
    const found = await codeOfRules();
    expect(found).toMatch(/^[0-9a-f]{64}$/);
    expect(found).not.toBe(await hashOfCode(join(folder, 'us')));
    expect(await codeOfRules()).toBe(found);
  });
});
