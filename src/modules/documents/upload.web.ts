import { problem } from '#kernel/http/wire.ts';
import { ApiError, newKey, NoAnswerError } from '#ui/client.web.ts';

/** Sends a file as the body of a request, with progress from 0 to 1; fetch cannot tell how far an upload is. */
export function sendFile<T>(url: string, file: File, onProgress: (part: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', newKey());
    request.responseType = 'json';
    request.upload.onprogress = (e) => {
      if (e.lengthComputable) onProgress(e.loaded / e.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else {
        const parsed = problem.safeParse(request.response);
        reject(parsed.success ? new ApiError(parsed.data, request.getResponseHeader('x-request-id')) : new NoAnswerError(request.status));
      }
    };
    request.onerror = () => reject(new NoAnswerError('network'));
    request.onabort = () => reject(new NoAnswerError('aborted'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
