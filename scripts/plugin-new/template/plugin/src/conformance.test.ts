import { describe, test } from 'node:test';
import { describePlugin } from '@concord/plugin-sdk/testing';
import plugin from './index.js';
import samples from './samples.js';

describePlugin(plugin, samples, { describe, test });
