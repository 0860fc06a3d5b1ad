export * from './contract/position.js';
export * from './contract/snapshot.js';
export * from './contract/finding.js';
export * from './contract/files.js';
export * from './contract/context.js';
export * from './contract/plugin.js';
export * from './settings/read-settings-file.js';
