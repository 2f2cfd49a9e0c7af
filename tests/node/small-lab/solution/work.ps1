'done' | Set-Content C:\Labs\done.txt
