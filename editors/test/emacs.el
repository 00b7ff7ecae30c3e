;;; emacs.el --- what eglot shows of a page  -*- lexical-binding: t -*-

;; Run by emacs.sh after the configuration of ../README.md.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'imenu)

(setq eglot-sync-connect 20
      eglot-connect-timeout 20
      eglot-confirm-server-initiated-edits nil)

(defun test-until (what get)
  "Call GET until it gives something, and give that; WHAT says what is waited for."
  (let ((value nil) (n 0))
    (while (and (< n 400) (not (setq value (funcall get))))
      (accept-process-output nil 0.05)
      (setq n (1+ n)))
    (or value (error "Timeout: %s" what))))

(defun test-broken ()
  "The cut paragraphs that flymake knows, from the top."
  (sort (seq-filter (lambda (found) (string-match-p "broken-paragraph" (flymake-diagnostic-text found)))
                    (flymake-diagnostics))
        (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))

(defun test-equal (what found expected)
  "Fail unless FOUND is EXPECTED; WHAT says what it is."
  (unless (equal found expected)
    (error "%s: expected %S, found %S" what expected found)))

(find-file (expand-file-name "reader-questions.md" (getenv "TEST_PAGES")))
(buffer-enable-undo)
;; In batch there is no command loop, so that `eglot-ensure' of the hook never comes to its turn.
(call-interactively #'eglot)
(flymake-mode 1)
(flymake-start)

(let* ((before (buffer-string))
       (found (test-until "findings" (lambda () (and (= (length (test-broken)) 2) (test-broken)))))
       (first (car found)))
  (test-equal "line" (line-number-at-pos (flymake-diagnostic-beg first)) 17)
  (save-excursion
    (goto-char (flymake-diagnostic-end first))
    (test-equal "end of the finding" (point) (line-end-position)))
  (message "ok - findings at the right columns")

  (undo-boundary)
  (let* ((answer (jsonrpc-request
                  (eglot--current-server-or-lose) :textDocument/codeAction
                  (list :textDocument (eglot--TextDocumentIdentifier)
                        :range (list :start (eglot--pos-to-lsp-position (flymake-diagnostic-beg first))
                                     :end (eglot--pos-to-lsp-position (flymake-diagnostic-end first)))
                        :context (list :diagnostics [] :only ["quickfix"]))))
         (fix (seq-find (lambda (action) (plist-get action :edit)) answer)))
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  (unless (string-match-p "也更容易听得进去。" (buffer-string)) (error "Not joined"))
  ;; Edits are sent when Emacs is idle, which it never is in batch.
  (eglot--signal-textDocument/didChange)
  (test-until "one finding less" (lambda () (flymake-start) (= (length (test-broken)) 1)))
  (message "ok - quick fix")

  (primitive-undo 1 (if (null (car buffer-undo-list)) (cdr buffer-undo-list) buffer-undo-list))
  (test-equal "text after one undo" (buffer-string) before)
  (message "ok - one undo"))

(let ((names (format "%S" (funcall imenu-create-index-function))))
  (unless (string-match-p "职场心桥" names) (error "No outline: %s" names))
  (message "ok - imenu"))

(let ((server (eglot--current-server-or-lose)))
  (eglot-shutdown server)
  (test-until "the end of the server" (lambda () (not (jsonrpc-running-p server))))
  (message "ok - shutdown"))

(message "Emacs %s" emacs-version)

;;; emacs.el ends here
