export declare const root: string;
export declare function checkNode(): void;
export declare function installIfNeeded(): void;
export declare function buildIfChanged(): void;
