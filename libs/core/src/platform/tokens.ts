/** What stands behind an interface is injected by these. */
export const ENVIRONMENT = Symbol('Environment');
export const LOG = Symbol('Logger');
export const CLOCK = Symbol('Clock');
export const DATA_FOLDER = Symbol('DataFolder');
export const CHECKPOINTS = Symbol('CheckpointListener');
export const ARCHIVE = Symbol('ArchiveStore');
/** The pools of the two tenants. */
export const GATEWAY_DATABASE = Symbol('DataSource of the gateway');
export const CONNECTORS_DATABASE = Symbol('DataSource of the connectors');
export const JURISDICTIONS = Symbol('Jurisdictions');
export const PLUGINS = Symbol('LoadedPlugins');
