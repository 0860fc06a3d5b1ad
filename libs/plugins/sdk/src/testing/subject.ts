import type { Plugin, PluginDefinition } from '../contract/plugin.js';
import { readSettingsFile } from '../settings/read-settings-file.js';
import { plainExpect, type Expect } from './test-framework.js';
import type { PluginSamples } from './samples.js';

/** The plugin that is checked, with its samples and its settings. */
export class Subject {
  readonly definition: PluginDefinition<unknown>;
  readonly samples: PluginSamples;
  readonly expect: Expect;
  private example: Promise<unknown> | undefined;
  private readonly others = new Map<unknown, unknown>();

  constructor(plugin: Plugin, samples: PluginSamples, expect: Expect = plainExpect) {
    this.definition = plugin as PluginDefinition<unknown>;
    this.samples = samples;
    this.expect = expect;
  }

  /** The example settings as they are entered. */
  entered(): Promise<unknown> {
    return readSettingsFile(this.definition.example);
  }

  /**
   * The settings of a sample, parsed once: a format is compiled once for its settings, and hundreds of files are read with
   * it.
   */
  async settings(sample: { readonly settings?: unknown } = {}): Promise<unknown> {
    const { settings } = sample;
    if (settings === undefined) {
      this.example ??= this.entered().then((entered) => this.definition.settings.parse(entered));
      return this.example;
    }
    if (!this.others.has(settings)) this.others.set(settings, this.definition.settings.parse(settings));
    return this.others.get(settings);
  }

  /** Values that must never be seen where an identifier has no business. */
  get identifiers(): readonly string[] {
    return Object.values(this.samples.identifiers);
  }
}
