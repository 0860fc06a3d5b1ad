import { definePlugin } from '@concord/plugin-sdk';

export const tradeline = definePlugin;
