import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Weight } from '../domain/layout.js';

/** Scripts of the font, in the order in which they are asked for a sign. */
const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'] as const;
type Script = (typeof SCRIPTS)[number];

const WEIGHTS: Readonly<Record<Weight, number>> = { regular: 400, bold: 700 };

/** A stretch of text that one file of the font can print. */
export interface Run {
  /** Name under which the file is known to the document. */
  readonly font: string;
  readonly text: string;
}

/** What pdfkit has opened, as far as it is asked which signs it has; pdfkit itself has no question for that. */
interface OpenedFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** Signs that nobody sees and that change what others see, such as marks that turn text around. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * The font of letters: Noto Sans, which comes in a file for each script. Which file prints a sign is asked of the files
 * themselves, so that a sign that none of them has is found before anything is printed.
 */
export class LetterFont {
  private readonly scripts = new Map<string, Script | null>();

  private constructor(
    private readonly files: ReadonlyMap<string, Buffer>,
    private readonly opened: ReadonlyMap<Script, OpenedFont['_font']['font']>,
  ) {}

  /** @throws Error when a file of the font is missing */
  static async open(): Promise<LetterFont> {
    const { resolve } = createRequire(import.meta.url);
    const files = await Promise.all(
      (Object.keys(WEIGHTS) as Weight[]).flatMap((weight) =>
        SCRIPTS.map(async (script) => {
          const name = `@fontsource/noto-sans/files/noto-sans-${script}-${WEIGHTS[weight]}-normal.woff`;
          return [nameOf(script, weight), await readFile(resolve(name))] as const;
        }),
      ),
    );
    const byName = new Map(files);
    const probe = new PDFDocument();
    const opened = SCRIPTS.map((script) => {
      probe.font(byName.get(nameOf(script, 'regular'))!);
      return [script, (probe as unknown as OpenedFont)._font.font] as const;
    });
    return new LetterFont(byName, new Map(opened));
  }

  /** Makes the files known to a document. They are read when they are first used. */
  register(document: PDFKit.PDFDocument): void {
    for (const [name, file] of this.files) document.registerFont(name, file);
  }

  /** The signs of a text that can't be printed, each once, as `U+6F22`. */
  readonly unwritable = (text: string): readonly string[] => {
    const missing = [...text.normalize('NFC')].filter((sign) => this.scriptOf(sign) === null);
    return [...new Set(missing)].map((sign) => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  };

  /**
   * A text in stretches of one file each. A sign stays with the file before it where that has it, as blanks and digits do.
   *
   * @throws Error for a sign that {@link unwritable} names
   */
  runs(text: string, weight: Weight): readonly Run[] {
    const runs: { script: Script; text: string }[] = [];
    for (const sign of text.normalize('NFC')) {
      const last = runs.at(-1);
      if (last && this.has(last.script, sign)) {
        last.text += sign;
        continue;
      }
      const script = this.scriptOf(sign);
      if (script === null) throw new Error(`the letters' font has no sign ${this.unwritable(sign)[0]}`);
      runs.push({ script, text: sign });
    }
    return runs.map((run) => ({ font: nameOf(run.script, weight), text: run.text }));
  }

  private scriptOf(sign: string): Script | null {
    let script = this.scripts.get(sign);
    if (script === undefined) {
      script = HIDDEN.test(sign) ? null : (SCRIPTS.find((each) => this.has(each, sign)) ?? null);
      this.scripts.set(sign, script);
    }
    return script;
  }

  private has(script: Script, sign: string): boolean {
    return !HIDDEN.test(sign) && this.opened.get(script)!.hasGlyphForCodePoint(sign.codePointAt(0)!);
  }
}

function nameOf(script: Script, weight: Weight): string {
  return `${script}-${weight}`;
}
