import { z } from 'zod';
import { deadLetterMessage } from './dead-letter.js';
import { caseEventSchemas, findingsSchemas, jsonSchema } from './event-schemas.js';
import type { EventSchemas, JsonSchema } from './event-schemas.js';

/** Kafka's media type of a CloudEvents envelope with its data inside. */
const CLOUD_EVENT = 'application/cloudevents+json';
const PREFIX = {
  default: 'concord',
  description: 'What the names of all topics of one installation begin with (KAFKA_TOPIC_PREFIX).',
};
const GATEWAY = [{ name: 'gateway' }];
const CONNECTORS = [{ name: 'connectors' }];

/**
 * The AsyncAPI 3.0 document of the events between the gateway and the connectors, from the catalogue.
 *
 * @param version the release that it describes, e.g. `0.1.0`
 */
export function asyncApiDocument(version: string): Readonly<Record<string, unknown>> {
  const caseEvents = caseEventSchemas();
  const findings = findingsSchemas();
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Concord events',
      version,
      description:
        'What the gateway tells the connectors of cases, and what the connectors tell the gateway of what partners said. ' +
        'Events carry ids and nothing about a person; who takes one in reads the state that it needs. Delivered at least ' +
        'once, in order for one key, with no order between keys. The number at the end of a type is its version: a version ' +
        'only grows by optional fields. Generated from the catalogue of events.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: CLOUD_EVENT,
    servers: {
      kafka: {
        host: '{brokers}',
        protocol: 'kafka',
        description: 'Where KAFKA_BROKERS is set. Elsewhere the same events are handed over within one process.',
        variables: { brokers: { default: '127.0.0.1:9092', description: 'As KAFKA_BROKERS has them.' } },
      },
    },
    channels: {
      caseEvents: channel('case-events', 'What changed in cases, in the order of each case.', Object.keys(caseEvents)),
      findings: channel('findings', 'What partners said, in the order of each connector.', Object.keys(findings)),
      deadLetters: channel(
        'dead-letters',
        'Events that could not be handled: a table whose newest record of a key is its state. An empty one means that a ' +
          'person has seen to it.',
        [DEAD_LETTER],
      ),
    },
    operations: {
      gatewayTellsOfCases: operation(
        'send',
        'caseEvents',
        GATEWAY,
        'Publishes each change of a case, after it is committed.',
      ),
      connectorsTakeInCases: operation('receive', 'caseEvents', CONNECTORS, 'Marks what is to be judged again.'),
      connectorsTellOfFindings: operation(
        'send',
        'findings',
        CONNECTORS,
        "Publishes where a partner's file says something.",
      ),
      gatewayTakesInFindings: operation('receive', 'findings', GATEWAY, 'Applies what partners said to cases.'),
      connectorsSetAsideCases: operation(
        'send',
        'deadLetters',
        CONNECTORS,
        'Keeps a case event that can not be handled.',
      ),
      gatewaySetsAsideFindings: operation(
        'send',
        'deadLetters',
        GATEWAY,
        'Keeps a findings event that can not be handled.',
      ),
      gatewayShowsDeadLetters: operation(
        'receive',
        'deadLetters',
        GATEWAY,
        'Lists them, publishes them again or drops them.',
      ),
    },
    components: {
      messages: {
        ...messagesOf(caseEvents, { type: 'string', format: 'uuid', description: 'The case.' }),
        ...messagesOf(findings, { type: 'string', description: 'The connector.' }),
        [DEAD_LETTER]: {
          name: DEAD_LETTER,
          title: 'Dead letter',
          summary: deadLetterMessage.description,
          contentType: 'application/json',
          payload: jsonSchema(deadLetterMessage),
          bindings: keyed({ type: 'string', description: 'Stream, partition and offset of the event.' }),
        },
      },
    },
  };
}

const DEAD_LETTER = 'deadLetter';

/** An event that is published again says which dead letter it was. */
const replayHeaders = jsonSchema(
  z.object({
    'concord-replay-of': z.string().optional().describe('Id of the dead letter that a person published again.'),
  }),
);

function channel(name: string, description: string, messages: readonly string[]) {
  return {
    address: `{prefix}.${name}`,
    description,
    servers: [{ $ref: '#/servers/kafka' }],
    parameters: { prefix: PREFIX },
    messages: Object.fromEntries(messages.map((message) => [message, { $ref: `#/components/messages/${message}` }])),
  };
}

function operation(
  action: 'send' | 'receive',
  of: string,
  tags: readonly { readonly name: string }[],
  summary: string,
) {
  return { action, channel: { $ref: `#/channels/${of}` }, tags, summary };
}

function messagesOf(schemas: EventSchemas, key: JsonSchema) {
  return Object.fromEntries(
    Object.entries(schemas).map(([type, payload]) => [
      type,
      {
        name: type,
        title: type,
        summary: payload['description'],
        contentType: CLOUD_EVENT,
        headers: replayHeaders,
        payload,
        bindings: keyed(key),
      },
    ]),
  );
}

function keyed(key: JsonSchema) {
  return { kafka: { key, bindingVersion: '0.5.0' } };
}
