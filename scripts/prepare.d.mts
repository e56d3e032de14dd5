export declare const root: string;
export declare function orStop(...steps: (() => void)[]): void;
export declare function checkNode(): void;
export declare function installIfNeeded(): void;
export declare function buildServerIfChanged(): void;
export declare function buildIfChanged(): void;
