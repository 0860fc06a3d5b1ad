import type request from 'supertest';

/** An answer whose body is taken as the bytes that it is. */
export function asBytes(asked: request.Test): request.Test {
  return asked.buffer(true).parse((response, done) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => done(null, Buffer.concat(chunks)));
  });
}
