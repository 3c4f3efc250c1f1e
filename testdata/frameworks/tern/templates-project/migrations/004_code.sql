SET lock_timeout = '5s';
{{ install_snapshot "v1" }}
