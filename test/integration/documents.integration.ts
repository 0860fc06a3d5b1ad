import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ARCHIVE } from '@concord/core/platform/tokens';
import type { ArchiveStore } from '@concord/core/archive/archive-store';
import { ApiSuite, NOBODY } from '../support/api-suite.js';
import { asBytes } from '../support/bytes.js';

const api = new ApiSuite();

/** A PDF as far as its first and its last bytes say. */
const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`, 'latin1');
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

interface Sent {
  readonly content?: Buffer;
  readonly filename?: string;
  readonly contentType?: string;
  readonly debtId?: string;
}

const send = ({ content, filename = 'letter.pdf', contentType = 'application/pdf', debtId = api.debtId }: Sent = {}) =>
  api
    .agent()
    .post(`/api/v1/debts/${debtId}/documents`)
    .set('x-concord-actor', 'officer.jane')
    .attach('file', content ?? pdf('a letter'), { filename, contentType });

const open = (id: string) => asBytes(api.get(`/api/v1/documents/${id}`));

describe('a document', () => {
  test('is kept by the hash of its bytes, encrypted, is proof, and comes back as it was', async () => {
    const content = pdf(`order ${randomUUID()}`);
    const { body } = await send({ content, filename: 'Décision n° 4.pdf' }).expect(201);
    const contentHash = createHash('sha256').update(content).digest('hex');
    expect(body).toMatchObject({
      recorded: true,
      document: {
        ...{ debtId: api.debtId, contentHash, bytes: content.length, mediaType: 'application/pdf' },
        ...{ fileName: 'Décision n° 4.pdf', actor: 'officer.jane' },
      },
    });
    const { id } = body.document as { id: string };
    const opened = await open(id).expect(200);
    expect((opened.body as Buffer).equals(content)).toBe(true);
    expect(opened.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="D_cision_n__4.pdf"; filename*=UTF-8''D%C3%A9cision%20n%C2%B0%204.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await api.get(`/api/v1/documents?debt=${api.debtId}`).expect(200)).body).toMatchObject([{ id }]);
    const proofs = (await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body as object[];
    expect(proofs.at(-1)).toMatchObject({ kind: 'document', documentId: id, actor: 'officer.jane' });
    expect(await api.part<ArchiveStore>(ARCHIVE).has(contentHash)).toBe(true);
  });

  test('that is sent again, under whatever name, is the same one', async () => {
    const content = pdf('the same');
    const first = (await send({ content }).expect(201)).body;
    const answers = await Promise.all([1, 2, 3].map(() => send({ content, filename: 'other.pdf' }).expect(201)));
    for (const { body } of answers) expect(body).toEqual({ document: first.document, recorded: false });
    const proofs = (await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body as { kind: string }[];
    expect(proofs.filter(({ kind }) => kind === 'document')).toHaveLength(1);
  });

  test('shows a certificate or how a hearing ended, of its own debt only', async () => {
    const { id } = (await send().expect(201)).body.document as { id: string };
    const other = (await api.post('/api/v1/debts', api.debt()).expect(201)).body.debtId as string;
    const certificate = { kind: 'certificate', documentId: id, reference: 'C-1' };
    await api.post('/api/v1/proofs', api.proof(certificate)).expect(201);
    expect((await api.post('/api/v1/proofs', api.proof({ ...certificate, debtId: other })).expect(404)).body.code).toBe(
      'document-unknown',
    );
    const hearing = { kind: 'hearing-outcome', outcome: 'varied', documentId: id };
    await api.post('/api/v1/proofs', api.proof(hearing)).expect(201);
    for (const changes of [
      { kind: 'hearing-outcome' },
      { kind: 'certificate', outcome: 'upheld' },
      { kind: 'conversation-held', trackingNumber: 'A1' },
      { kind: 'document' },
    ]) {
      expect((await api.post('/api/v1/proofs', api.proof(changes)).expect(422)).body.code).toBe('proof-details');
    }
    expect((await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body).toEqual(
      expect.arrayContaining([expect.objectContaining(hearing), expect.objectContaining(certificate)]),
    );
  });

  test('that is in no debt is not there', async () => {
    expect((await api.get(`/api/v1/documents/${NOBODY}`).expect(404)).body.code).toBe('document-unknown');
    expect((await send({ debtId: NOBODY }).expect(404)).body.code).toBe('debt-unknown');
  });
});

describe('what is refused', () => {
  const kept = async (): Promise<unknown[]> =>
    (await api.get(`/api/v1/documents?debt=${api.debtId}`)).body as unknown[];

  test.each<[string, Sent, string]>([
    ['HTML that is called a PDF', { content: Buffer.from('<html><script>1</script>') }, 'content-not-kept'],
    ['an archive that unpacks to something huge', { content: Buffer.from('504b0304', 'hex') }, 'content-not-kept'],
    ['a picture that is called a PDF', { content: PNG }, 'media-type-differs'],
    ['a PDF that is called HTML', { contentType: 'text/html' }, 'media-type-differs'],
  ])('%s', async (_, sent, code) => {
    expect((await send(sent).expect(422)).body.code).toBe(code);
    expect(await kept()).toEqual([]);
  });

  test('more than ten megabytes, before anything is looked at', async () => {
    await send({ content: Buffer.concat([pdf(''), Buffer.alloc(10 * 1024 * 1024 - 10)]) }).expect(413);
    await send({ content: Buffer.alloc(12 * 1024 * 1024) }).expect(413);
    expect(await kept()).toEqual([]);
  });

  test('a packed form, so that nothing unpacks to more', async () => {
    await send().set('content-encoding', 'gzip').expect(415);
  });

  test('forms that are none, or have more than the file', async () => {
    const path = `/api/v1/debts/${api.debtId}/documents`;
    const file = { filename: 'a.pdf', contentType: 'application/pdf' };
    await api.agent().post(path).attach('other', pdf(''), file).expect(400);
    await api.agent().post(path).attach('file', pdf('1'), file).attach('file', pdf('2'), file).expect(400);
    await api.agent().post(path).attach('file', pdf('1'), file).field('note', 'x').expect(400);
    await api.agent().post(path).set('content-type', 'multipart/form-data; boundary=x').send('--y\r\n').expect(400);
    await api.agent().post(path).send({ file: 'x' }).expect(400);
    await api.agent().post(path).set('content-type', 'application/pdf').send(pdf('x')).expect(415);
    expect(await kept()).toEqual([]);
  });

  test('nothing of a name that could be a path, hide what it is, or end a header', async () => {
    const names = ['../../../etc/cron.d/x.pdf', '..\\..\\x.exe', 'a\u202Efdp.exe', '.pdf', 'a;b=c.pdf'];
    const shown: string[] = [];
    for (const filename of names) {
      const { body } = await send({ content: pdf(filename), filename }).expect(201);
      shown.push(body.document.fileName as string);
      await open(body.document.id as string).expect(200);
    }
    expect(shown.every((name) => /^[^/\\\p{Cc}\p{Cf}]+\.pdf$/u.test(name))).toBe(true);
    expect(shown.slice(0, 2)).toEqual(['x.pdf', 'x.exe.pdf']);
  });
});
