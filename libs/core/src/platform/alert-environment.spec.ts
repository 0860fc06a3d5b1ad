import { expect, test } from '@jest/globals';
import { readEnvironment } from './environment.js';

const alertsOf = (variables: Record<string, string>) => readEnvironment('/nowhere', variables).alerts;

test('without variables nobody is told', () => {
  expect(alertsOf({})).toEqual({ webhook: null, email: null });
});

test('both ways', () => {
  expect(
    alertsOf({
      CONCORD_ALERT_WEBHOOK: 'https://hooks.example.org/concord',
      CONCORD_ALERT_WEBHOOK_SECRET: 'sixteen characters',
      CONCORD_ALERT_EMAIL_TO: 'clerk@example.org, head@example.org',
      CONCORD_ALERT_EMAIL_FROM: 'concord@example.org',
      CONCORD_SMTP_URL: 'smtps://user:word@mail.example.org',
    }),
  ).toEqual({
    webhook: { url: 'https://hooks.example.org/concord', secret: 'sixteen characters' },
    email: {
      to: ['clerk@example.org', 'head@example.org'],
      from: 'concord@example.org',
      smtpUrl: 'smtps://user:word@mail.example.org',
    },
  });
});

test.each([
  ['http://127.0.0.1:8080/x', true],
  ['http://localhost/x', true],
  ['http://[::1]:9/x', true],
  ['http://hooks.example.org/x', false],
  ['http://127.0.0.1.example.org/x', false],
  ['ftp://hooks.example.org', false],
  ['hooks', false],
])('a webhook at %s is accepted: %s', (url, accepted) => {
  const read = () => alertsOf({ CONCORD_ALERT_WEBHOOK: url });
  if (accepted) expect(read().webhook).toEqual({ url, secret: null });
  else expect(read).toThrow('CONCORD_ALERT_WEBHOOK');
});

test.each([
  [{ CONCORD_ALERT_WEBHOOK_SECRET: 'sixteen characters' }, 'CONCORD_ALERT_WEBHOOK is not'],
  [{ CONCORD_ALERT_WEBHOOK: 'https://a.example', CONCORD_ALERT_WEBHOOK_SECRET: 'short' }, 'at least 16'],
  [{ CONCORD_ALERT_WEBHOOK: 'https://a.example', CONCORD_ALERT_WEBHOOK_SECRET_FILE: '/no/such' }, "can't be read"],
  [{ CONCORD_ALERT_EMAIL_TO: 'clerk@example.org' }, 'go together'],
  [{ CONCORD_ALERT_EMAIL_TO: 'clerk' }, 'e-mail address'],
  [{ CONCORD_SMTP_URL: 'http://mail.example.org' }, 'smtp://'],
])('%j is refused', (variables, reason) => {
  expect(() => alertsOf(variables)).toThrow(reason);
});
