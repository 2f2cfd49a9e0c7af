$text = if (Test-Path C:\Labs\done.txt) { (Get-Content C:\Labs\done.txt -Raw).Trim() } else { 'no file' }
[pscustomobject]@{ Passed = $text -eq 'done'; Expected = 'the word'; Found = $text; Where = 'C:\Labs\done.txt' }
