import { describe, expect, test } from '@jest/globals';
import { describePlugin } from '@concord/plugin-sdk/testing';
import plugin from './index.js';
import samples from './samples.js';

describePlugin(plugin, samples, { describe, test, expect });
