// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What Go's own reverse proxy costs, for comparison: reverse-proxy ADDRESS UPSTREAM-URL
package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
)

func main() {
	upstream, err := url.Parse(os.Args[2])
	if err != nil {
		panic(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	proxy.FlushInterval = -1
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 4096, 4096
	transport.ForceAttemptHTTP2, transport.DisableCompression = false, true
	proxy.Transport = transport
	panic(http.ListenAndServe(os.Args[1], proxy))
}
