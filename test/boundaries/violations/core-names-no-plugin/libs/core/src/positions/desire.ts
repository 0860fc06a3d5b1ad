import type { Plugin } from '@concord/plugin-sdk';

export const desire = async (): Promise<Plugin> => (await import('@concord/plugin-metro2')).default;
