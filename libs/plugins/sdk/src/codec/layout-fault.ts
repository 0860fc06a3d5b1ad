/** One thing wrong with a layout, with the path to it in the table or the YAML file. */
export interface LayoutFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Takes what is wrong at a path. */
export type Report = (path: readonly (string | number)[], message: string) => void;
