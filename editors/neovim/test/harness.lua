-- Runs the test file named by $TEST_FILE, which gets the table below, and ends Neovim with 0 or 1.

local T = { pages = vim.env.TEST_PAGES }
local n_passed, n_failed = 0, 0

function T.it(name, run)
  local ok, trace = xpcall(run, debug.traceback)
  if ok then
    n_passed = n_passed + 1
    print('ok - ' .. name .. '\n')
  else
    n_failed = n_failed + 1
    print('not ok - ' .. name .. '\n' .. trace .. '\n')
  end
end

function T.eq(found, expected, what)
  if not vim.deep_equal(found, expected) then
    error(('%s: expected %s, found %s'):format(what or 'value', vim.inspect(expected), vim.inspect(found)), 2)
  end
end

--- Waits until `get` gives something; the answer.
function T.wait(what, get)
  local value
  if not vim.wait(20000, function()
    value = get()
    return value and true or false
  end, 20) then
    error('timeout: ' .. what, 2)
  end
  return value
end

function T.lines(bufnr)
  return vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, false)
end

--- Opens a page and waits for the server.
function T.open(name)
  vim.cmd('edit! ' .. vim.fn.fnameescape(T.pages .. '/' .. name))
  return T.wait('attach to ' .. name, function()
    return vim.lsp.get_clients({ bufnr = 0, name = 'article_lsp' })[1]
  end)
end

--- Waits for findings that satisfy `enough`, sorted by place.
function T.findings(enough)
  return T.wait('findings', function()
    local found = vim.diagnostic.get(0)
    table.sort(found, function(a, b)
      return a.lnum < b.lnum or (a.lnum == b.lnum and a.col < b.col)
    end)
    return enough(found) and found
  end)
end

--- The text that a finding covers, cut by Neovim's own byte columns.
function T.covered(finding)
  return table.concat(
    vim.api.nvim_buf_get_text(0, finding.lnum, finding.col, finding.end_lnum, finding.end_col, {}),
    '\n'
  )
end

local ok, failure = pcall(function()
  assert(loadfile(vim.env.TEST_FILE))(T)
end)
if not ok then
  n_failed = n_failed + 1
  print('not ok - ' .. vim.env.TEST_FILE .. '\n' .. failure .. '\n')
end
print(('%d passed, %d failed on Neovim %s\n'):format(n_passed, n_failed, tostring(vim.version())))
vim.cmd(n_failed == 0 and n_passed > 0 and 'qall!' or 'cquit 1')
